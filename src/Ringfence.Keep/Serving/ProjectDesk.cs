using Ringfence.Keep.Ledgers;
using Ringfence.Protocol.Keeps;

namespace Ringfence.Keep.Serving;

/// <summary>Decides for a project whether steps that others wrote get what no fence gives them (INC-22).</summary>
internal sealed class ProjectDesk(KeepRoom room, ContextDesk contexts)
{
    public Done Fence(FenceProject asked, LedgerEntry entry)
    {
        if (asked.Owner?.KindCase != Owner.KindOneofCase.Project)
            throw new RefusalException(RefusalKind.Invalid, "Only a project is fenced as a whole; of a context, single variables are.");
        var stored = contexts.Existing(asked.Owner);
        if (stored.WithholdsFromOrbs == asked.WithholdsFromOrbs)
            return new Done { Sentence = $"That is how it was: steps of orbs in jobs of {stored.Name} {(asked.WithholdsFromOrbs ? "get only what a fence gives them" : "get what other steps get")}." };
        if (!asked.WithholdsFromOrbs && !asked.IsConfirmed)
            throw new RefusalException(RefusalKind.NeedsConfirmation, $"Every orb that {stored.Name} uses, in whatever version, gets all unfenced secrets of the jobs in which its steps stand.");

        var sentence = asked.WithholdsFromOrbs
            ? $"Steps of orbs in jobs of {stored.Name} get nothing from now on but what a fence gives them: 'ringfence secret fence NAME --orb REFERENCE'."
            : $"Steps of orbs in jobs of {stored.Name} get what other steps get.";
        room.Save(stored with { WithholdsFromOrbs = asked.WithholdsFromOrbs }, entry with { Kind = LedgerKind.PolicyChanged, Text = asked.WithholdsFromOrbs ? sentence : $"{sentence} (opens)" });
        return new Done { Sentence = sentence };
    }
}
