using System;
using System.Collections.Concurrent;
using System.Text;
using Hawser.Expressions.Patterns;

namespace Hawser.Expressions.Compilation;

/// <summary>
/// What was made of files that arguments name, by path. Filled while a configuration is compiled; a variable may then name
/// any of them, on any loop.
/// </summary>
public sealed class LoadedFiles
{
    private readonly ConcurrentDictionary<byte[], object> _files = new(new KeyComparer(ignoresCase: false));

    /// <param name="read">Null for a file that is not what is wanted.</param>
    public T? Load<T>(string path, Func<string, T?> read)
        where T : class
    {
        byte[] name = Encoding.UTF8.GetBytes(path);
        if (_files.TryGetValue(name, out object? known)) return known as T;
        T? content = read(path);
        if (content is not null) _files[name] = content;
        return content;
    }

    /// <summary>Null when nothing has loaded it.</summary>
    public T? Find<T>(ReadOnlySpan<byte> path)
        where T : class =>
        _files.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(path, out object? content) ? content as T : null;
}
