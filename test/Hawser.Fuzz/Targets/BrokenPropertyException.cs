using System;

namespace Hawser.Fuzz.Targets;

/// <summary>An input for which something does not hold that has to.</summary>
internal sealed class BrokenPropertyException(string property) : Exception(property);
