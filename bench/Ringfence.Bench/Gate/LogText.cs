using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Bench.Gate;

/// <summary>Text as builds print it.</summary>
internal static class LogText
{
    private static readonly string[] Words =
        ["downloading", "resolved", "package", "compiled", "warning", "deprecated", "module", "from", "registry", "integrity", "checksum", "test", "passed", "in", "the", "target",
         "layer", "cached", "linking", "running", "suite", "src/components/button.tsx", "org.example.service.PaymentTest", "node_modules/.bin/tsc", "github.com/example/project/internal", "https://registry.example.org/-/left-pad-1.3.0.tgz"];

    /// <param name="megabytes">How much.</param>
    /// <param name="isColoured">Whether about every line has colours.</param>
    /// <param name="secrets">What stands in about one line of a hundred; nothing if empty.</param>
    public static byte[] Make(int megabytes, bool isColoured, string[] secrets)
    {
        var text = new StringBuilder();
        for (var line = 0; text.Length < megabytes * 1_000_000; line++)
        {
            text.Append(CultureInfo.InvariantCulture, $"2026-11-24T{line / 3600 % 24:00}:{line / 60 % 60:00}:{line % 60:00}.{line % 1000:000}Z ");
            text.Append(isColoured ? "\u001b[32mINFO\u001b[0m " : "INFO ");
            for (var word = RandomNumberGenerator.GetInt32(4, 14); word > 0; word--)
                text.Append(Words[RandomNumberGenerator.GetInt32(Words.Length)]).Append(' ');
            if (line % 9 == 0)
                text.Append("sha512-").Append(Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
            if (line % 13 == 0)
                text.Append(RandomNumberGenerator.GetHexString(64, lowercase: true));
            if (line % 17 == 0)
                text.Append(CultureInfo.InvariantCulture, $" {line % 100}% done \"quoted\" [{line}/{line + 500}]");
            if (secrets.Length > 0 && line % 100 == 0)
                text.Append(" token=").Append(secrets[line / 100 % secrets.Length]);
            text.Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
