using System.Diagnostics;

namespace Ringfence.Access.Release;

/// <summary>The words for reasons in the API and the ledger (CTX-53). They never change their meaning.</summary>
public static class DenialCodes
{
    /// <summary>Such as <c>context_group</c>.</summary>
    public static string Of(DenialReason reason) => reason switch
    {
        DenialReason.ContextMissing => "context_missing",
        DenialReason.ForkWithoutSecrets => "fork_without_secrets",
        DenialReason.SshWithoutSecrets => "ssh_without_secrets",
        DenialReason.ActorUnknown => "actor_unknown",
        DenialReason.ActorSuspended => "actor_suspended",
        DenialReason.UnregisteredUser => "unregistered_user",
        DenialReason.ActorNotMember => "actor_not_member",
        DenialReason.SsoRequired => "sso_required",
        DenialReason.ActorRole => "actor_role",
        DenialReason.ContextGroup => "context_group",
        DenialReason.ContextProject => "context_project",
        DenialReason.ContextExpression => "context_expression",
        DenialReason.ConfigPolicy => "config_policy",
        DenialReason.CheckFailed => "check_failed",
        _ => throw new UnreachableException(),
    };
}
