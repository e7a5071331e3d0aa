using System;

namespace Hawser.Config.Binding;

/// <summary>One configuration file: its name for messages and its bytes.</summary>
public sealed record ConfigurationSource(string Name, ReadOnlyMemory<byte> Content);
