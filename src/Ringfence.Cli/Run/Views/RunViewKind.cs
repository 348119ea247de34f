namespace Ringfence.Cli.Run.Views;

/// <summary>How a run is shown while it runs.</summary>
internal enum RunViewKind
{
    /// <summary>As the graph of the workflows, drawn again and again.</summary>
    Live,

    /// <summary>Line by line.</summary>
    Plain,

    /// <summary>One JSON object a line.</summary>
    Json,
}
