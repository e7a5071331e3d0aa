using System.Collections.Generic;
using System.Text;

namespace Hawser.Control.Cli;

/// <summary>
/// A line's commands and their words: commands end at ';', words at blanks, and a backslash takes its meaning from the
/// character after it (management manual, 9.3).
/// </summary>
internal static class CommandText
{
    /// <summary>At least one command; one without words is an empty array and has an empty answer.</summary>
    public static List<string[]> Split(string line)
    {
        List<string[]> commands = [];
        List<string> words = [];
        StringBuilder word = new();
        bool inWord = false;
        for (int i = 0; i < line.Length; i++)
        {
            char character = line[i];
            if (character is ' ' or '\t' or ';')
            {
                EndWord();
                if (character != ';')
                    continue;
                commands.Add([.. words]);
                words.Clear();
                continue;
            }

            if (character == '\\' && i + 1 < line.Length)
                character = line[++i];
            word.Append(character);
            inWord = true;
        }

        EndWord();
        commands.Add([.. words]);
        return commands;

        void EndWord()
        {
            if (inWord)
                words.Add(word.ToString());
            word.Clear();
            inWord = false;
        }
    }
}
