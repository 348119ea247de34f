using System.Globalization;
using System.Text;
using Ringfence.Primitives;

namespace Ringfence.Cli.Orbs;

/// <summary>Keeps fetched orbs for five minutes (CL-15.7), so that the second of two runs needs no network.</summary>
/// <remarks>A cache that cannot be read or written is no reason to fail; then everything is fetched.</remarks>
internal sealed class UrlOrbCache(string folder, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The cache of this user.</summary>
    public static UrlOrbCache Of(Surroundings surroundings) =>
        new(Path.Combine(XdgFolder.Cache(surroundings), "ringfence", "url-orbs"), surroundings.Clock);

    /// <summary>The content of an address if it was fetched a short time ago.</summary>
    public byte[]? Read(Uri address)
    {
        try
        {
            var file = File.ReadAllBytes(PathOf(address)).AsSpan();
            var end = file.IndexOf((byte)'\n');
            if (end < 0 || !DateTimeOffset.TryParseExact(Encoding.ASCII.GetString(file[..end]), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var fetched))
                return null;

            // A time in the future means that the clock was set back; how old the file is cannot be told then.
            var age = clock.GetUtcNow() - fetched;
            return age >= TimeSpan.Zero && age < Lifetime ? file[(end + 1)..].ToArray() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Remembers what was fetched just now.</summary>
    public void Write(Uri address, byte[] content)
    {
        var fetched = Encoding.ASCII.GetBytes(clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) + "\n");
        try
        {
            AtomicFile.TryWrite(PathOf(address), [.. fetched, .. content], overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // See the remarks.
        }
    }

    private string PathOf(Uri address) => Path.Combine(folder, Digest.Of(Encoding.UTF8.GetBytes(address.AbsoluteUri)).Hex);
}
