using System.Security.Cryptography;
using System.Text;

namespace Ringfence.Primitives;

/// <summary>Makes ids out of names where no server hands out ids: the same name always has the same id.</summary>
public static class NameId
{
    /// <summary>The id of a name.</summary>
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes("ringfence:" + name)).AsSpan(0, 16), bigEndian: true);
}
