using System;

namespace Hawser.Config.Syntax;

/// <summary>One physical line: its bytes without the line feed, and where it stands.</summary>
/// <param name="HasLineFeed">False for a last line that the file ends without finishing.</param>
public readonly record struct LineText(string File, int Number, ReadOnlyMemory<byte> Bytes, bool HasLineFeed);
