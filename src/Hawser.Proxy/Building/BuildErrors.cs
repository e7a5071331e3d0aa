using System.Collections.Generic;

namespace Hawser.Proxy.Building;

/// <summary>What kept a configuration from being put to work, in HAProxy's words.</summary>
public sealed class BuildErrors
{
    private readonly List<string> _alerts = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Alerts => _alerts;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Alert(string message) => _alerts.Add(message);

    public void Warning(string message) => _warnings.Add(message);
}
