namespace Ringfence.Access.Release;

/// <summary>What started the pipeline.</summary>
public enum TriggerKind
{
    /// <summary>Not known; nobody is taken for its starter.</summary>
    Unknown,

    /// <summary>A person on their own machine.</summary>
    Local,

    /// <summary>An event of a forge.</summary>
    Forge,

    /// <summary>A request with a token.</summary>
    Api,

    /// <summary>A schedule of the project.</summary>
    Schedule,

    /// <summary>A schedule inside the config file.</summary>
    InlineSchedule,

    /// <summary>A custom webhook.</summary>
    CustomWebhook,
}
