using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using Hawser.Tests.Config;

namespace Hawser.EndToEnd.Language;

/// <summary>Runs a program's check (<c>-c -f</c>) over a configuration and reads its verdict.</summary>
internal sealed class Judge(string binary, string folder)
{
    /// <summary>Right, but with nothing to listen on: HAProxy 2.6's status for that.</summary>
    private const int NoListener = 2;

    private const string Alert = "[ALERT]";
    private const string Warning = "[WARNING]";

    /// <summary>The two ways to say that something is not there yet.</summary>
    private static readonly string[] Later = ["not implemented yet", "cannot be obeyed"];

    /// <summary>Alerts that only sum up the others.</summary>
    private static readonly string[] Summaries = ["Error(s) found in", "Fatal errors found", "Some warnings were found"];

    /// <param name="IsLater">Every error is that something is not implemented yet.</param>
    public readonly record struct Answer(Verdict Verdict, bool IsLater, string Output);

    public async Task<Answer> Check(string configuration)
    {
        string path = Path.Combine(folder, "test.cfg");
        await File.WriteAllTextAsync(path, configuration);
        ProcessStartInfo start = new(binary, ["-c", "-f", path])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        string text = error + await output;
        string[] alerts = text.Split('\n').Where(static line => line.StartsWith(Alert, StringComparison.Ordinal)
            && !Summaries.Any(summary => line.Contains(summary, StringComparison.Ordinal))).ToArray();
        if (process.ExitCode is not (0 or NoListener))
        {
            bool isLater = alerts.Length > 0
                && alerts.All(static line => Later.Any(text => line.Contains(text, StringComparison.Ordinal)));
            return new Answer(Verdict.Refuse, isLater, text);
        }
        return new Answer(text.Contains(Warning, StringComparison.Ordinal) ? Verdict.Warn : Verdict.Ok, false, text);
    }
}
