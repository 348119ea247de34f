namespace Ringfence.Config.Schema;

/// <summary>The types a value may have, as the messages call them.</summary>
[Flags]
internal enum ShapeTypes
{
    None = 0,
    String = 1,
    Boolean = 2,
    Integer = 4,
    Float = 8,
    Null = 16,
    Mapping = 32,
    Sequence = 64,

    /// <summary>Text, or what is taken as text.</summary>
    Text = String | Boolean | Integer | Float | Null,
}
