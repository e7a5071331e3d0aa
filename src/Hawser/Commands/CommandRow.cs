using System;

namespace Hawser.Commands;

/// <summary>A command of our own, given as the first word.</summary>
/// <param name="Run">Gets the words after the command's name; returns the exit status.</param>
internal sealed record CommandRow(string Name, string Help, Func<string[], int> Run);
