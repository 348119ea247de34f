namespace Ringfence.Cli.Doctor.Isolation;

/// <summary>What came of one probe in one sandbox.</summary>
/// <param name="Probe">The name of the probe.</param>
/// <param name="State">What came of it.</param>
/// <param name="Detail">Where it was found, or why it was not tried; otherwise empty.</param>
internal sealed record ProbeResult(string Probe, ProbeState State, string Detail);
