using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>A slot for a text that rules capture.</summary>
/// <param name="LengthMaximum">In bytes; what is longer is cut.</param>
/// <param name="Origin">Of its line.</param>
public sealed record CaptureConfig(bool IsResponse, int LengthMaximum, Origin Origin);
