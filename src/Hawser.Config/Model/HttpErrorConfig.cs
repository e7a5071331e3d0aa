using System.Collections.Immutable;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>
/// A line about what stands in for a proxy's own answers. Of several for one status the last one counts, inherited ones
/// before those of the section.
/// </summary>
public abstract record HttpErrorConfig(Origin Origin);

/// <summary><c>errorfile</c></summary>
/// <param name="Path">As written.</param>
/// <param name="Content">
/// A whole response, or nothing: the connection is closed without an answer. Its headers are read when the proxies are
/// built.
/// </param>
public sealed record ErrorFileConfig(int Status, string Path, ImmutableArray<byte> Content, Origin Origin) : HttpErrorConfig(Origin);

/// <summary><c>errorloc</c>, <c>errorloc302</c> and <c>errorloc303</c></summary>
/// <param name="RedirectStatus">302 or 303.</param>
public sealed record ErrorLocationConfig(int Status, int RedirectStatus, string Url, Origin Origin) : HttpErrorConfig(Origin);

/// <summary><c>errorfiles</c>: those of an http-errors section, which exists.</summary>
/// <param name="Statuses">Empty: all that the section has.</param>
public sealed record ErrorSectionConfig(string Section, ImmutableArray<int> Statuses, Origin Origin) : HttpErrorConfig(Origin);

/// <summary><c>http-error</c></summary>
public sealed record ErrorReplyConfig(HttpReplyConfig Reply, Origin Origin) : HttpErrorConfig(Origin);

/// <summary>An <c>http-errors</c> section.</summary>
/// <param name="Files">In the order of their lines; of several for one status the last one counts.</param>
public sealed record HttpErrorsSection(string Name, ImmutableArray<ErrorFileConfig> Files, Origin Origin);
