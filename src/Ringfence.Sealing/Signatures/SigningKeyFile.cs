using System.Security.Cryptography;
using System.Text;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Sealing.Signatures;

/// <summary>The key by which a keep knows who asks it, as a text file for its owner only. It opens no secret.</summary>
public static class SigningKeyFile
{
    private const int KeyLength = 32;

    /// <summary>Reads the key, or makes one when there is none yet.</summary>
    /// <exception cref="SealingException">The file holds something else or cannot be read.</exception>
    /// <exception cref="IOException">A new one cannot be written.</exception>
    public static SigningKey ReadOrCreate(string path)
    {
        if (!File.Exists(path))
            return Create(path);
        byte[] bytes;
        try
        {
            bytes = Convert.FromBase64String(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new SealingException(SealingFault.NoKey, $"{path} cannot be read as a key: {e.Message}", e);
        }

        try
        {
            return bytes.Length == KeyLength ? SigningKey.Import(bytes) : throw new SealingException(SealingFault.Malformed, $"{path} holds no key.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static SigningKey Create(string path)
    {
        var key = SigningKey.Create();
        var bytes = key.Export();
        try
        {
            // A name of its own and then a rename: two processes that begin at the same time end up with the same key.
            var draft = $"{path}.{Guid.NewGuid():N}";
            using (var file = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }))
                file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes) + "\n"));
            try
            {
                File.Move(draft, path, overwrite: false);
                return key;
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(draft);
                key.Dispose();
                return ReadOrCreate(path);
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
