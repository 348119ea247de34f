namespace Ringfence.Access.References;

/// <summary>A place in a text that refers to a variable.</summary>
/// <param name="Name">The name.</param>
/// <param name="Kind">How.</param>
/// <param name="Offset">Where the name begins, in UTF-16 units from 0.</param>
public readonly record struct TextReference(string Name, ReferenceKind Kind, int Offset);
