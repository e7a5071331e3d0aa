using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>A <c>log-profile</c> section (manual, 8.3.5).</summary>
/// <param name="Tag">Null: that of the proxy.</param>
/// <param name="Steps">In the order of their lines; of several for one step the last one counts.</param>
public sealed record LogProfileConfig(string Name, string? Tag, ImmutableArray<LogProfileStepConfig> Steps, Origin Origin);

/// <summary>An <c>on</c> line.</summary>
/// <param name="Step">One of <see cref="LogSteps.Names"/>, or <c>error</c> or <c>any</c>.</param>
/// <param name="Format">As written; null: what the proxy has.</param>
/// <param name="StructuredData">As <paramref name="Format"/>.</param>
public sealed record LogProfileStepConfig(
    string Step, bool IsDropped, Located<string>? Format, Located<string>? StructuredData, Origin Origin);

/// <summary>The steps at which a session may be logged, by name.</summary>
public static class LogSteps
{
    public const string Error = "error";
    public const string Any = "any";

    /// <summary>Of sessions and requests, in their order; then those of "do-log".</summary>
    public static readonly ImmutableArray<string> Names =
    [
        "accept", "request", "connect", "response", "close", "http-req", "http-res", "http-after-res", "tcp-req-conn",
        "tcp-req-sess", "tcp-req-cont", "tcp-res-cont", "quic-init",
    ];
}
