using Google.Protobuf;
using Ringfence.Access.Names;
using Ringfence.Keep.Asking;
using Ringfence.Primitives;
using Ringfence.Protocol.Keeps;
using Ringfence.Sealing.Boxes;

namespace Ringfence.Cli.Secrets;

/// <summary>Seals a value to the keep and has it stored. The value leaves this process only sealed.</summary>
/// <param name="work">What the command works with.</param>
/// <param name="client">The keep.</param>
/// <param name="owner">Where the secret goes.</param>
internal sealed class SecretWriter(SecretWork work, KeepClient client, ChosenOwner owner)
{
    private const string Hint = "If that is meant, say it again with --allow-guarded-name for the name, or --short for the value.";

    /// <summary>Why a value cannot be stored; null when it can.</summary>
    public static string? WhyNot(SecretValue value) =>
        value.Reveal().Contains((byte)0) ? "The value holds a zero byte, which no variable can: encode it, as with base64."
        : AccessLimits.WhyNoValue(value.Reveal().Length);

    /// <summary>Stores a value as the next version.</summary>
    /// <param name="options">All but place, version and value.</param>
    /// <param name="value">The value.</param>
    /// <param name="mayAsk">Whether a person may be asked for a confirmation.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="SecretRefusedException">The keep refuses.</exception>
    public async Task<Done> WriteAsync(SetSecret options, SecretValue value, bool mayAsk, CancellationToken cancel)
    {
        var version = (owner.Stored?.Variables.FirstOrDefault(v => v.Name == options.Name)?.Version ?? 0) + 1;
        var set = options.Clone();
        set.Owner = owner.ToMessage();
        set.Version = version;
        set.Sealed = ByteString.CopyFrom(client.PublicKey.Seal(value, new SealedPlace(owner.Organization, owner.Key, options.Name, version)));
        return await work.AskAsync(client, new KeepRequest { SetSecret = set }, mayAsk ? Confirm : null, Hint, cancel);

        // The keep looks at the name first.
        void Confirm(KeepRequest request)
        {
            var isGuarded = VariableName.TryParse(set.Name, out var name, out _) && name.IsGuarded;
            if (isGuarded && !set.AllowsGuarded)
                request.SetSecret.AllowsGuarded = true;
            else
                request.SetSecret.IsShortOnPurpose = true;
        }
    }
}
