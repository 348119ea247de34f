namespace Ringfence.Access.References;

/// <summary>How a text refers to a variable, surest first.</summary>
public enum ReferenceKind
{
    /// <summary>As a shell does: <c>$NAME</c>, <c>${NAME…}</c>, <c>$env:NAME</c>, <c>%NAME%</c>.</summary>
    Shell,

    /// <summary>As programs do: <c>printenv NAME</c>, <c>process.env.NAME</c>, <c>os.environ["NAME"]</c>, <c>{{ .Environment.NAME }}</c>.</summary>
    Program,

    /// <summary>The name stands there, as in <c>docker run -e NAME</c> or in a comment.</summary>
    Mention,
}
