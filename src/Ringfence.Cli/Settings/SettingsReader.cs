using System.Collections.Immutable;
using Ringfence.Cli.Diagnostics;
using Ringfence.Cli.Run;
using Ringfence.Config.Diagnostics;
using Ringfence.Gate.Policies;
using Ringfence.Primitives;
using Ringfence.Runner.Placement;
using Tomlyn.Syntax;

namespace Ringfence.Cli.Settings;

/// <summary>Makes settings out of a text in TOML. What is wrong is reported with its place, and left out.</summary>
/// <param name="origin">Who wrote it.</param>
/// <param name="weaker">What holds where the text says nothing; a checkout is measured by it.</param>
/// <param name="diagnostics">Gets the problems.</param>
internal sealed class SettingsReader(SettingsOrigin origin, FileSettings weaker, DiagnosticBag diagnostics)
{
    private const string Sandbox = "sandbox";
    private const string Jobs = "jobs";
    private const string Network = "network";
    private const string HostNetwork = "host_network";
    private const string AllowedAddresses = "allowed_addresses";
    private const string RemoteDockerImage = "remote_docker_image";
    private const string Images = "images";
    private const string Gate = "gate";

    private const int MostAddresses = 100;
    private const string WhatAllowedAddressesAre = "'allowed_addresses' is a list of addresses such as [\"169.254.169.254\"] or [\"169.254.0.0/16\"], at most 100 of them.";

    private static readonly ImmutableArray<string> Keys = [Sandbox, Jobs, Network, HostNetwork, AllowedAddresses, RemoteDockerImage, Images, Gate];

    private readonly ImmutableArray<(string Written, string Taken)>.Builder _images = ImmutableArray.CreateBuilder<(string, string)>();
    private FileSettings _settings = new();

    /// <summary>Reads a text.</summary>
    public FileSettings Read(SourceText source)
    {
        foreach (var entry in TomlEntries.Read(source, diagnostics))
            Take(entry);
        return _settings with { Images = _images.ToImmutable() };
    }

    private void Take(TomlEntry entry)
    {
        if (entry.Path is [Images, var written])
            TakeImage(written, entry);
        else if (entry.Path is [Images, ..] and not [_])
            Report(entry, "An image rule is a name and what is taken instead; names with dots or slashes stand in quotation marks.");
        else if (entry.Path is [Gate, var exit])
            TakeGate(exit, entry);
        else if (entry.Path is not [var key] || !Keys.Contains(key))
            Report(entry, $"There is no setting '{string.Join('.', entry.Path)}'.", Spelling.DidYouMean(entry.Path[0], Keys) ?? $"There are {string.Join(", ", Keys)}.");
        else
            TakeSetting(key, entry);
    }

    private void TakeSetting(string key, TomlEntry entry)
    {
        switch (key, entry.Value)
        {
            case (Sandbox, StringValueSyntax { Value: { } word }):
                TakeSandbox(word, entry);
                break;
            case (Jobs, IntegerValueSyntax { Value: > 0 and <= RunOptions.MostAtATime and var number }):
                _settings = _settings with { AtATime = (int)number };
                break;
            case (Network, BooleanValueSyntax { Value: var isAllowed }):
                _settings = _settings with { HasNetwork = isAllowed };
                break;
            case (HostNetwork, BooleanValueSyntax { Value: var isHost }):
                TakeHostNetwork(isHost, entry);
                break;
            case (AllowedAddresses, ArraySyntax list):
                TakeAllowedAddresses(list, entry);
                break;
            case (RemoteDockerImage, StringValueSyntax { Value: { Length: > 0 } image }):
                TakeRemoteDockerImage(image, entry);
                break;
            default:
                Report(entry, key switch
                {
                    Sandbox => "'sandbox' is a word in quotation marks.",
                    Jobs => $"'jobs' is a number from 1 to {RunOptions.MostAtATime}.",
                    Network or HostNetwork => $"'{key}' is true or false.",
                    AllowedAddresses => WhatAllowedAddressesAre,
                    Images => "'images' is a table: a line [images], and below it a line such as \"cimg/*\" = \"mirror.example/cimg/*\" for each rule.",
                    Gate => "'gate' is a table: a line [gate], and below it a line such as artifacts = \"warn\" for each exit.",
                    _ => $"'{key}' is the name of an image in quotation marks.",
                });
                break;
        }
    }

    private void TakeSandbox(string word, TomlEntry entry)
    {
        if (RunOptions.KindOf(word) is not { } kind)
            Report(entry, $"There is no sandbox '{word}'.", Spelling.DidYouMean(word, RunOptions.KindWords) ?? $"There are {string.Join(", ", RunOptions.KindWords)}.");
        else if (origin is SettingsOrigin.Checkout && (kind is SandboxKind.Process or SandboxKind.Unfenced || (kind is SandboxKind.AsConfigured && weaker.Sandbox is SandboxKind.Docker)))
            Forbid(entry, $"A checkout may not choose the sandbox '{word}', which keeps its jobs less apart from this machine.");
        else
            _settings = _settings with { Sandbox = kind };
    }

    private void TakeHostNetwork(bool isHost, TomlEntry entry)
    {
        if (isHost && origin is SettingsOrigin.Checkout)
            Forbid(entry, "A checkout may not choose the network of this machine for its jobs.");
        else
            _settings = _settings with { HasHostNetwork = isHost };
    }

    private void TakeAllowedAddresses(ArraySyntax list, TomlEntry entry)
    {
        string?[] addresses = [.. list.Items.Select(item => (item.Value as StringValueSyntax)?.Value)];
        if (origin is SettingsOrigin.Checkout)
            Forbid(entry, "A checkout may not choose addresses that its jobs reach all the same.");
        else if (addresses.Length > MostAddresses || addresses.Any(address => address is null || !AddressRange.TryParse(address, out _)))
            Report(entry, WhatAllowedAddressesAre);
        else
            _settings = _settings with { AllowedAddresses = [.. addresses.OfType<string>()] };
    }

    // That engine runs with the rights of the machine's administrator.
    private void TakeRemoteDockerImage(string image, TomlEntry entry)
    {
        if (origin is SettingsOrigin.Checkout)
            Forbid(entry, "A checkout may not choose the image of the private engine, which runs with all rights.");
        else
            _settings = _settings with { RemoteDockerImage = image };
    }

    private void TakeImage(string written, TomlEntry entry)
    {
        if (entry.Value is not StringValueSyntax { Value: { } taken })
            Report(entry, "An image rule is a name and what is taken instead, both in quotation marks.");
        else if (ImageMap.WhyNot(written, taken) is { } whyNot)
            Report(entry, whyNot);
        else
            _images.Add((written, taken));
    }

    private void TakeGate(string word, TomlEntry entry)
    {
        if (GateSettings.ExitOf(word) is not { } exit)
        {
            Report(entry, $"The gate has no exit '{word}'.", Spelling.DidYouMean(word, GateSettings.ExitWords) ?? $"There are {string.Join(", ", GateSettings.ExitWords)}.");
            return;
        }

        var written = (entry.Value as StringValueSyntax)?.Value;
        if (written is null || GateSettings.ActionOf(exit, written) is not { } action)
            Report(entry, $"'gate.{word}' is {GateSettings.Choices(exit)}.", written is null ? null : GateSettings.Instead(exit, written));
        else if (origin is SettingsOrigin.Checkout && action > (GatePolicy.Default with { Exceptions = weaker.Gate }).At(exit))
            Forbid(entry, $"A checkout may not set 'gate.{word}' to \"{written}\", which lets more of your secrets out.");
        else
            _settings = _settings with { Gate = _settings.Gate.SetItem(exit, action) };
    }

    private void Report(TomlEntry entry, string message, string? hint = null) => diagnostics.Add(new Diagnostic(RunCodes.BadSettings, entry.Span, message, hint));

    private void Forbid(TomlEntry entry, string message) =>
        diagnostics.Add(new Diagnostic(RunCodes.SettingNotAllowed, entry.Span, message, "Write it into the ringfence.toml of RINGFENCE_HOME, or give it as an option."));
}
