using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Runs in the build: copies the sources that faults are planted in, with each fault beside the line it spoils. A line
/// that is not there exactly once is an error: the list keeps up with the product.
/// </summary>
public sealed class PlantFaults : Task
{
    [Required]
    public ITaskItem[] Faults { get; set; }

    [Required]
    public string Root { get; set; }

    [Required]
    public string Target { get; set; }

    /// <summary>The files that are replaced by their copies, as the project file names them.</summary>
    [Output]
    public ITaskItem[] Replaced { get; set; }

    [Output]
    public ITaskItem[] Planted { get; set; }

    public override bool Execute()
    {
        Dictionary<string, string> texts = new Dictionary<string, string>();
        foreach (ITaskItem fault in Faults)
            Plant(fault.GetMetadata("FullPath"), texts);
        List<ITaskItem> replaced = new List<ITaskItem>();
        List<ITaskItem> planted = new List<ITaskItem>();
        foreach (KeyValuePair<string, string> text in texts)
        {
            string copy = Path.Combine(Target, text.Key.Replace('/', '.'));
            if (!File.Exists(copy) || File.ReadAllText(copy) != text.Value)
                File.WriteAllText(copy, text.Value);
            replaced.Add(new TaskItem("../../" + text.Key));
            planted.Add(new TaskItem(copy));
        }

        Replaced = replaced.ToArray();
        Planted = planted.ToArray();
        return !Log.HasLoggedErrors;
    }

    private void Plant(string faultFile, Dictionary<string, string> texts)
    {
        string fault = File.ReadAllText(faultFile);
        string number = Path.GetFileName(faultFile).Split('-')[0].TrimStart('0');
        string file = Between(fault, "file: ", "\n").Trim();
        string right = Between(fault, "<<<\n", "===\n");
        string wrong = Between(fault, "===\n", ">>>");
        string text;
        if (!texts.TryGetValue(file, out text))
            text = File.ReadAllText(Path.Combine(Root, file));
        int at = text.IndexOf(right, StringComparison.Ordinal);
        if (at < 0 || text.IndexOf(right, at + 1, StringComparison.Ordinal) >= 0)
        {
            Log.LogError(null, null, null, faultFile, 0, 0, 0, 0, "the lines to be spoiled are not in {0} exactly once", file);
            return;
        }

        string both = "if (global::Hawser.PlantedFaults.Planting.Is(" + number + "))\n{\n" + wrong + "}\nelse\n{\n" + right + "}\n";
        texts[file] = text.Substring(0, at) + both + text.Substring(at + right.Length);
    }

    private static string Between(string text, string before, string after)
    {
        int start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text.Substring(start, text.IndexOf(after, start, StringComparison.Ordinal) - start);
    }
}
