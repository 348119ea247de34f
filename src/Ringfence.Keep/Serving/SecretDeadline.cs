using Ringfence.Keep.Vaults;

namespace Ringfence.Keep.Serving;

/// <summary>When a secret ought to be replaced (INC-14): 90 days after it was set, unless somebody says otherwise; after a rotation, as long again as it was given before.</summary>
internal static class SecretDeadline
{
    /// <summary>For a secret that nobody set a deadline for.</summary>
    public static TimeSpan Usual { get; } = TimeSpan.FromDays(90);

    /// <summary>The deadline of a value that is set.</summary>
    /// <param name="asked">Milliseconds since 1970; 0 when nothing was said, below for never.</param>
    /// <param name="old">What had the name before; null for a new secret.</param>
    /// <param name="now">The time.</param>
    public static DateTimeOffset? Of(long asked, VaultVariable? old, DateTimeOffset now)
    {
        if (asked != 0)
            return Of(asked, null);
        if (old is null)
            return now + Usual;
        if (old.Deadline is not { } before)
            return null;
        var given = before - old.RotatedAt;
        return now + (given > TimeSpan.Zero ? given : Usual);
    }

    /// <summary>The deadline after it alone was changed.</summary>
    public static DateTimeOffset? Of(long asked, DateTimeOffset? old) => asked switch
    {
        0 => old,
        < 0 => null,
        _ => DateTimeOffset.FromUnixTimeMilliseconds(asked),
    };
}
