using System;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// What names in arguments stand for: objects of the data plane, which the rows that ask for them know. All find
/// methods return null for a name that means nothing.
/// </summary>
public abstract class NameDirectory
{
    /// <summary>Knows nothing.</summary>
    public static NameDirectory Empty { get; } = new NoNames();

    /// <param name="name">Empty for the current proxy.</param>
    public virtual object? FindFrontend(ReadOnlySpan<char> name) => null;

    /// <inheritdoc cref="FindFrontend"/>
    public virtual object? FindBackend(ReadOnlySpan<char> name) => null;

    /// <param name="name">[backend/]server; without backend in the current proxy.</param>
    public virtual object? FindServer(ReadOnlySpan<char> name) => null;

    /// <inheritdoc cref="FindFrontend"/>
    public virtual object? FindTable(string name) => null;

    public virtual object? FindUserList(string name) => null;

    public virtual object? FindLogProfile(string name) => null;

    private sealed class NoNames : NameDirectory;
}
