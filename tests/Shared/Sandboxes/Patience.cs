namespace Ringfence.Tests.Shared;

/// <summary>When a test is better told to have failed than left to wait. It says nothing of how long anything may take: no load of a machine brings a test that works near it.</summary>
internal static class Patience
{
    public static readonly TimeSpan End = TimeSpan.FromMinutes(3);
}
