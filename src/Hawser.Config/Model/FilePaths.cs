using System;
using System.Collections.Generic;
using Hawser.Config.Diagnostics;

namespace Hawser.Config.Model;

/// <summary>
/// Where relative file names of the configuration start (manual, 3.1 "default-path"). A directive counts from its line
/// on, in the order in which the files were read, so the same name may mean different files in different places.
/// Whoever opens a file that the configuration names asks <see cref="Resolve"/> first.
/// </summary>
public sealed class FilePaths
{
    private readonly List<string> _files = [];
    private readonly List<Switch> _switches = [];

    private readonly record struct Switch(int FileIndex, int Line, DefaultPathConfig Path);

    /// <summary>The reader goes on with this file.</summary>
    internal void Enter(string file) => _files.Add(file);

    /// <summary>A directive in the file that is being read.</summary>
    internal void Set(int line, DefaultPathConfig path) => _switches.Add(new Switch(_files.Count - 1, line, path));

    /// <summary>
    /// The path to open: absolute names and those under <c>current</c> are left as they are, others get their directory.
    /// </summary>
    /// <param name="name">As written.</param>
    /// <param name="origin">Where it was written.</param>
    public string Resolve(string name, Origin origin)
    {
        if (name.StartsWith('/')) return name;
        string directory = DirectoryAt(origin);
        return directory.Length == 0 ? name : $"{directory}/{name}";
    }

    private string DirectoryAt(Origin origin)
    {
        DefaultPathConfig path = At(origin);
        int slash = origin.File.LastIndexOf('/');
        return path.Kind switch
        {
            DefaultPathKind.Config => slash < 0 ? "" : origin.File[..Math.Max(1, slash)],
            DefaultPathKind.Parent => slash < 0 ? ".." : $"{origin.File[..slash]}/..",
            DefaultPathKind.Origin => path.Path!,
            _ => "",
        };
    }

    private DefaultPathConfig At(Origin origin)
    {
        int file = _files.IndexOf(origin.File);
        DefaultPathConfig found = new(DefaultPathKind.Current);
        foreach (Switch change in _switches)
        {
            if (change.FileIndex > file || (change.FileIndex == file && change.Line > origin.Line)) break;
            found = change.Path;
        }
        return found;
    }
}
