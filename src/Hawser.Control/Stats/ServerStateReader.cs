using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Hawser.Config.Model;
using Hawser.Proxy.Backends;
using Hawser.Proxy.Checks;
using Hawser.Proxy.Building;

namespace Hawser.Control.Stats;

/// <summary>
/// "load-server-state-from-file": the states that servers had when "show servers state" was written to a file. A file that
/// cannot be read is no obstacle, and a wrong line is passed over with HAProxy's words.
/// </summary>
/// <param name="notice">Told of files that are not there, or empty.</param>
/// <param name="warn">Told of what is wrong in them.</param>
public sealed class ServerStateReader(ProxySet set, Action<string> notice, Action<string> warn)
{
    private const string Version = "1";

    /// <summary>Those of 1.8; later versions write more, and what is beyond the known ones says nothing.</summary>
    private const int ColumnsMinimum = 20;

    /// <summary>More than a million servers fill; what is longer is no state file.</summary>
    private const long FileMaximumBytes = 1L << 28;

    private readonly List<(Server, RestoredState)> _found = [];

    /// <summary>What the files that the configuration names say of its servers.</summary>
    public IReadOnlyList<(Server Server, RestoredState State)> Read()
    {
        GlobalConfig global = set.Model.Global;
        Dictionary<(string Backend, string Server), string[]>? everywhere = null;
        if (global.ServerStateFile is { } file)
        {
            string path = PathOf(file);
            everywhere = Lines("config: ", "global ", path);
        }

        foreach (Backend backend in set.Backends)
        {
            switch (backend.Config.ServerStates)
            {
                case ServerStateSource.Global when global.ServerStateFile is null:
                    warn($"backend '{backend.Name}' configured to load server state file from global section 'server-state-file' "
                        + "directive. Unfortunately, 'server-state-file' is not set!");
                    break;
                case ServerStateSource.Global:
                    Take(backend, everywhere);
                    break;
                case ServerStateSource.Local:
                    ReadLocal(backend);
                    break;
            }
        }

        return _found;
    }

    private void ReadLocal(Backend backend)
    {
        string owner = $"Proxy '{backend.Name}': ";
        Dictionary<(string Backend, string Server), string[]>? lines =
            Lines(owner, "", PathOf(backend.Config.ServerStateFileName ?? backend.Name), isLocal: true);
        foreach ((string name, _) in lines?.Keys ?? Enumerable.Empty<(string, string)>())
        {
            if (name != backend.Name)
                warn($"{owner}backend name mismatch: from server state file: '{name}', from running config '{backend.Name}'");
        }

        Take(backend, lines);
    }

    private void Take(Backend backend, Dictionary<(string Backend, string Server), string[]>? lines)
    {
        if (lines is null)
            return;
        foreach (Server server in backend.Servers)
        {
            if (lines.TryGetValue((backend.Name, server.Name), out string[]? columns)
                && ServerStateColumns.Read(server, columns, warn) is { } state)
            {
                _found.Add((server, state));
            }
        }
    }

    private string PathOf(string name)
    {
        string? directory = set.Model.Global.ServerStateBase;
        return name.StartsWith('/') || directory is null ? name : $"{directory}/{name}";
    }

    /// <returns>By names, the first line of each; null when the file is not to be used, which has been said.</returns>
    private Dictionary<(string Backend, string Server), string[]>? Lines(string owner, string kind, string path, bool isLocal = false)
    {
        string end = isLocal ? "." : "";
        if (Text(path) is not { } text)
        {
            notice($"{owner}Can't open {kind}server state file '{path}': {Reason(path)}{end}");
            return null;
        }

        if (text.Length == 0)
        {
            notice($"{owner}Empty {kind}server state file '{path}'.");
            return null;
        }

        string[] lines = text.Split('\n');
        if (lines[0] != Version)
        {
            warn($"{owner}Can't get version of the {kind}server state file '{path}'.");
            return null;
        }

        Dictionary<(string Backend, string Server), string[]> found = [];
        for (int i = 1; i < lines.Length; i++)
        {
            string[] columns = lines[i].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (columns.Length == 0 || columns[0].StartsWith('#'))
                continue;
            if (columns.Length < ColumnsMinimum)
            {
                // Numbered from the line behind the version, as HAProxy does; nothing of the file is used.
                warn(string.Create(
                    System.Globalization.CultureInfo.InvariantCulture, $"{owner}corrupted {kind}server state file '{path}' at line {i}."));
                return null;
            }

            found.TryAdd((columns[1], columns[3]), columns);
        }

        return found;
    }

    private static string? Text(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.CanSeek && file.Length > FileMaximumBytes)
                return null;
            using StreamReader reader = new(file, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string Reason(string path)
    {
        if (Directory.Exists(path))
            return "Is a directory";
        return File.Exists(path) ? "Permission denied" : "No such file or directory";
    }
}
