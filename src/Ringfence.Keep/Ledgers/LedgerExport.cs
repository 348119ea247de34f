using System.Text;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Keep.Ledgers;

/// <summary>Writes a ledger for others, who can check it without us: one JSON object a line, with the signature over the exact bytes of its last member.</summary>
public static class LedgerExport
{
    /// <summary>Writes every whole entry.</summary>
    /// <param name="path">The ledger.</param>
    /// <param name="signer">Names the key that signed; null when it is not known.</param>
    /// <param name="output">Receives the lines.</param>
    /// <returns>How many entries there are.</returns>
    /// <exception cref="IOException">The ledger cannot be read, or the output not written.</exception>
    public static int Write(string path, KeyId? signer, Stream output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var count = 0;
        foreach (var (bytes, isWhole) in LedgerReader.Lines(path, 0))
        {
            if (!isWhole || LedgerLine.Read(bytes) is not { } line)
                continue;
            output.Write(Encoding.ASCII.GetBytes($"{{\"key\":\"{signer}\",\"hash\":\"{line.Hash}\",\"signature\":\"{Convert.ToBase64String(line.Signature)}\",\"entry\":"));
            output.Write(line.Json);
            output.Write("}\n"u8);
            count++;
        }

        return count;
    }
}
