namespace Ringfence.Cli.Settings;

/// <summary>Who wrote a settings file.</summary>
internal enum SettingsOrigin
{
    /// <summary>The user of this machine: the file lies in the folder for what Ringfence keeps.</summary>
    Home,

    /// <summary>Whoever wrote the code. Such a file MUST NOT loosen what keeps a job in its place.</summary>
    Checkout,
}
