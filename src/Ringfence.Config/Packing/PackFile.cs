namespace Ringfence.Config.Packing;

/// <summary>One file of a tree that is packed.</summary>
/// <param name="RelativePath">Its path from the top of the tree, with forward slashes.</param>
/// <param name="Text">What it holds.</param>
public sealed record PackFile(string RelativePath, string Text);
