namespace Ringfence.Cli.Output;

/// <summary>What a piece of text is for; the colour follows from it and never carries the meaning alone.</summary>
internal enum Tone
{
    /// <summary>Ordinary text.</summary>
    Plain,

    /// <summary>Text to be seen first.</summary>
    Strong,

    /// <summary>Text that can be passed over.</summary>
    Faint,

    /// <summary>A refusal and the place it is about.</summary>
    Error,

    /// <summary>A probable mistake.</summary>
    Warning,

    /// <summary>Advice.</summary>
    Advice,

    /// <summary>Line numbers, frames and arrows.</summary>
    Frame,

    /// <summary>Something that goes well.</summary>
    Good,
}
