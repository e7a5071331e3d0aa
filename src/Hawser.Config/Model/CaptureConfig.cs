using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>A place for a captured header.</summary>
/// <param name="Name">Null for one that only rules fill (<c>declare capture</c>).</param>
/// <param name="MaxBytes">What is longer is cut off.</param>
/// <param name="Origin">Of its line: slots are numbered in the order of lines.</param>
public sealed record HeaderCaptureConfig(string? Name, int MaxBytes, Origin Origin);

/// <summary>A captured cookie.</summary>
/// <param name="Prefix">The cookies' names begin with it.</param>
/// <param name="MaxBytes">Of name, sign and value; what is longer is cut off.</param>
public sealed record CookieCaptureConfig(string Prefix, int MaxBytes);
