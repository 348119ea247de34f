using System.Security.Cryptography;
using System.Text;
using Ringfence.Access.Names;
using Ringfence.Primitives;

namespace Ringfence.Cli.Secrets;

/// <summary>The ways in which a secret comes in: a hidden prompt, a stream, a file. Never an argument.</summary>
internal static class SecretInput
{
    private const int MostBytes = 4 * AccessLimits.ValueBytes;

    /// <summary>Asks at the terminal without showing what is typed; null when nobody can be asked.</summary>
    public static SecretValue? Ask(Surroundings surroundings, string prompt) => Ask(surroundings, prompt, TypeLine);

    /// <summary>Asks for the lines of a private key without showing them, up to its last; null when nobody can be asked.</summary>
    public static SecretValue? AskKey(Surroundings surroundings, string prompt) => Ask(surroundings, prompt, TypeKey);

    private static SecretValue? Ask(Surroundings surroundings, string prompt, Action<HiddenLine, Func<ConsoleKeyInfo>> type)
    {
        if (surroundings.ReadKey is not { } readKey)
            return null;
        surroundings.HideKeys();
        surroundings.Error.Write(prompt);
        surroundings.Error.Flush();
        var typed = GC.AllocateUninitializedArray<char>(MostBytes, pinned: true);
        try
        {
            using var keys = new PromptKeys(readKey, surroundings);
            var line = new HiddenLine(typed);
            type(line, keys.Next);
            return new SecretValue(line.Text);
        }
        finally
        {
            // Also when it is given up: what comes next begins on a line of its own.
            surroundings.Error.Write("\n");
            Array.Clear(typed);
        }
    }

    private static void TypeLine(HiddenLine typed, Func<ConsoleKeyInfo> next) => typed.Read(next);

    private static void TypeKey(HiddenLine typed, Func<ConsoleKeyInfo> next)
    {
        while (!typed.IsFull)
        {
            // An empty line ends it too, so that nobody is caught in here.
            var line = typed.Read(next).Trim();
            typed.EndLine();
            if (line.IsEmpty || line.StartsWith("-----END "))
                break;
        }
    }

    /// <summary>Reads a file to its end, without one line end at the end; null when it cannot be read or is too long.</summary>
    public static SecretValue? ReadFile(string path)
    {
        try
        {
            using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, BufferSize = 0 });
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Waits for what is read, and no longer once that is canceled: what a pipe or a terminal has to say may never come, and nothing ends a wait for it but the end of the process.</summary>
    public static Task<T> WaitAsync<T>(Func<T> read, CancellationToken cancel) => Task.Run(read, cancel).WaitAsync(cancel);

    /// <summary>Reads a stream to its end, without one line end at the end, as shells add it; null when it is too long.</summary>
    public static SecretValue? Read(Stream stream)
    {
        var bytes = GC.AllocateUninitializedArray<byte>(MostBytes + 1, pinned: true);
        try
        {
            var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > MostBytes)
                return null;
            var text = bytes.AsSpan(0, length);
            if (text.EndsWith("\r\n"u8))
                text = text[..^2];
            else if (text.EndsWith("\n"u8))
                text = text[..^1];
            return new SecretValue(text);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Makes a secret nobody has seen.</summary>
    /// <param name="bytes">How many random bytes it has; it is written in Base64 without padding, for use in addresses.</param>
    public static SecretValue Generate(int bytes)
    {
        var random = RandomNumberGenerator.GetBytes(bytes);
        var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(random).TrimEnd('=').Replace('+', '-').Replace('/', '_'));
        try
        {
            return new SecretValue(text);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(random);
            CryptographicOperations.ZeroMemory(text);
        }
    }
}
