using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Hawser.CommandLine;
using Hawser.Config.Binding;
using Hawser.Config.Model;
using Hawser.Control.Processes;
using Hawser.Io.Sockets;

namespace Hawser.Commands;

/// <summary>
/// <c>hawser plan [--socket PATH] [--format text|json] FILE</c>: what a reload with this file would change in the process
/// that runs, which is asked over its "stats socket"; without a path, the file's own.
/// </summary>
internal static class PlanCommand
{
    private const string Usage = "Usage: hawser plan [--socket <path>] [--format text|json] <file|dir>\n";

    public static int Run(string[] arguments)
    {
        string? socket = null;
        string? file = null;
        bool isJson = false;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--socket" && i + 1 < arguments.Length) socket = arguments[++i];
            else if (arguments[i] == "--format" && i + 1 < arguments.Length && arguments[i + 1] is "text" or "json") isJson = arguments[++i] == "json";
            else if (file is null && !arguments[i].StartsWith('-')) file = arguments[i];
            else return Fail($"unknown argument '{arguments[i]}'\n{Usage}");
        }

        if (file is null) return Fail($"a file is missing\n{Usage}");
        socket ??= SocketOf(file);
        if (socket is null) return Fail("the file has no 'stats socket' with a path: --socket names the one of the running process\n");
        byte[]? answer = UnixQuestion.Ask(
            socket, Encoding.UTF8.GetBytes($"plan {Escape(Path.GetFullPath(file))}{(isJson ? " json" : "")}\n"));
        if (answer is null) return Fail($"no process answers at {socket}\n");
        StandardStreams.Write(answer);
        return ExitStatus.Success;
    }

    private static string Escape(string path) => path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace(" ", "\\ ", StringComparison.Ordinal);

    private static string? SocketOf(string file)
    {
        ProcessMessages silent = new("hawser", "") { IsQuiet = true };
        List<ConfigurationSource>? sources = ConfigurationFiles.Read([file], silent);
        if (sources is null) return null;
        ConfigurationResult result = ConfigurationReader.Read(sources, StartEnvironment.Create(new Options { Files = [file] }));
        foreach (BindConfig bind in result.Model?.Global.Stats.Sockets ?? [])
        {
            if (bind.Addresses[0].Kind == AddressKind.Unix && bind.Level == CliLevel.Admin) return bind.Addresses[0].Path;
        }

        return null;
    }

    private static int Fail(string problem)
    {
        ProcessMessages.WriteAll(StandardStreams.Error, $"hawser plan: {problem}");
        return ExitStatus.Unreadable;
    }
}
