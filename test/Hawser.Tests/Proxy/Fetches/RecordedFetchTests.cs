using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using Hawser.Protocols.Http1;
using Xunit;

namespace Hawser.Tests.Proxy.Fetches;

/// <summary>What haproxy 3.5 said about messages, as Vectors/record.py has written it down.</summary>
public sealed class RecordedFetchTests
{
    [Theory]
    [InlineData("authorization.txt", 30)]
    [InlineData("bodies.txt", 10)]
    [InlineData("cookies.txt", 50)]
    [InlineData("headers.txt", 40)]
    [InlineData("parameters.txt", 25)]
    [InlineData("responses.txt", 5)]
    [InlineData("targets.txt", 18)]
    public void Fetches_say_what_haproxy_says(string file, int messagesAtLeast)
    {
        List<string> differences = [];
        int messages = 0;
        foreach (Group group in Load(file))
        {
            foreach ((string text, string[] expected) in group.Messages)
            {
                messages++;
                using MessageSource source = new(Encoding.Latin1.GetBytes(Unescaped(text)), group.IsRequest);
                Assert.Equal(Http1Result.Complete, source.Result);
                Assert.Equal(group.Expressions.Count, expected.Length);
                for (int index = 0; index < expected.Length; index++)
                {
                    string actual = Answer(source, group.Expressions[index], expected[index].Contains(':', StringComparison.Ordinal));
                    if (actual != Unescaped(expected[index]))
                        differences.Add($"{text}\n   {group.Expressions[index]}: haproxy {expected[index]}, hawser {actual}");
                }
            }
        }

        Assert.True(messages >= messagesAtLeast, $"{messages} messages");
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }

    private static string Answer(MessageSource source, string expression, bool hasValue)
    {
        string text = expression[2..];
        string holds = source.Holds(expression[0] == '?' ? text : $"{{ {text} -m found }}");
        return hasValue ? $"{holds}:{source.BytesOf(text)}" : holds;
    }

    private static IEnumerable<Group> Load(string file)
    {
        Group? group = null;
        List<string> answers = [];
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Proxy/Fetches/Vectors", file)))
        {
            if (line.StartsWith('['))
            {
                if (group is not null) yield return group;
                group = new Group(line == "[request]");
            }
            else if (line.StartsWith("$ ", StringComparison.Ordinal) || line.StartsWith("? ", StringComparison.Ordinal))
            {
                group!.Expressions.Add(line);
            }
            else if (line.StartsWith("> ", StringComparison.Ordinal))
            {
                answers = [];
                group!.Waiting.Add((line[2..], answers));
            }
            else
            {
                answers.Add(line);
            }
        }

        if (group is not null) yield return group;
    }

    /// <summary>Python's escapes of Latin-1.</summary>
    private static string Unescaped(string text)
    {
        StringBuilder result = new();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\')
            {
                result.Append(text[at]);
                continue;
            }

            at++;
            switch (text[at])
            {
                case 'r':
                    result.Append('\r');
                    break;
                case 'n':
                    result.Append('\n');
                    break;
                case 't':
                    result.Append('\t');
                    break;
                case 'x':
                    result.Append((char)int.Parse(text.AsSpan(at + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture));
                    at += 2;
                    break;
                default:
                    result.Append(text[at]);
                    break;
            }
        }

        return result.ToString();
    }

    private sealed class Group(bool isRequest)
    {
        public bool IsRequest => isRequest;

        public List<string> Expressions { get; } = [];

        public List<(string Text, List<string> Answers)> Waiting { get; } = [];

        public IEnumerable<(string Text, string[] Answers)> Messages
        {
            get
            {
                foreach ((string text, List<string> answers) in Waiting) yield return (text, [.. answers]);
            }
        }
    }
}
