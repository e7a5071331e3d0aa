using System;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Control.Reloads;

namespace Hawser.Control.Processes;

/// <summary>Makes the data plane of a configuration. The composition root supplies it.</summary>
public interface IProxyProcessBuilder
{
    /// <summary>
    /// Resolves names, compiles rules, sizes pools; opens nothing, so that <c>-c</c> can call it too.
    /// Null: reported as alerts.
    /// </summary>
    /// <param name="inputs">How the configuration is read again.</param>
    /// <param name="lineAt">The source line of a place, for carets; null when there is none.</param>
    IProxyProcess? TryBuild(
        ConfigModel model, ProcessSettings settings, ProcessMessages messages, ReloadInputs inputs, Func<Origin, string?> lineAt);
}
