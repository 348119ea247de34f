using Ringfence.Keep.Vaults;
using Ringfence.Sealing.Boxes;
using Ringfence.Sealing.Keys;

namespace Ringfence.Keep.Serving;

/// <summary>Finds out what was done to a stored context that is not what the ledger recorded, so that the message can say it.</summary>
internal static class TamperSearch
{
    /// <summary>What was done to its values, in a sentence; null when every value opens, so that something else was changed.</summary>
    public static string? Find(VaultOwner stored, KeepKeys keys)
    {
        foreach (var variable in stored.Living)
        {
            if (WhyNot(stored, variable, variable, keys) is not { } fault)
                continue;
            if (fault != SealingFault.Changed)
                return $"The value of {variable.Name} {(fault == SealingFault.OtherKey ? "is sealed to the key of another keep" : "is no sealed value")}.";
            return stored.Living.FirstOrDefault(other => other != variable && WhyNot(stored, other, variable, keys) is null) is { } home
                ? $"In the place of {variable.Name} lies the value of {home.Name}: rows were swapped."
                : $"The value of {variable.Name} does not open: its bytes were changed, or it comes from another context or version.";
        }

        return stored.SshKeys.FirstOrDefault(key => WhyNot(key.Sealed, key.PlaceIn(stored), keys) is not null) is { } broken
            ? $"The SSH key {broken.Sha256} does not open: its bytes were changed, or it comes from another project."
            : null;
    }

    private static SealingFault? WhyNot(VaultOwner owner, VaultVariable place, VaultVariable bytes, KeepKeys keys) =>
        WhyNot(bytes.Sealed, new SealedPlace(owner.Organization, owner.Key, place.Name, place.Version), keys);

    private static SealingFault? WhyNot(byte[] bytes, SealedPlace place, KeepKeys keys)
    {
        try
        {
            keys.Open(bytes, place).Dispose();
            return null;
        }
        catch (SealingException e)
        {
            return e.Fault;
        }
    }
}
