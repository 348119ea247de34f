namespace Ringfence.Agent.InJob.Splitting;

/// <summary>By which attribute of stored results a name is looked up.</summary>
internal enum TimingsType
{
    /// <summary>File or class name, whichever knows more of the names.</summary>
    Autodetect,

    /// <summary>The attribute <c>file</c>.</summary>
    FileName,

    /// <summary>The attribute <c>classname</c>.</summary>
    ClassName,

    /// <summary>The attribute <c>name</c>.</summary>
    TestName,
}
