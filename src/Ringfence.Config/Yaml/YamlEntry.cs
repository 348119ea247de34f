namespace Ringfence.Config.Yaml;

/// <summary>One <c>key: value</c> of a mapping.</summary>
public readonly record struct YamlEntry(YamlScalar Key, YamlNode Value)
{
    /// <summary>The text of the key.</summary>
    public string Name => Key.Text;
}
