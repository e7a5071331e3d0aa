using System;
using System.IO;
using System.IO.MemoryMappedFiles;

namespace Hawser.Fuzz.Runs;

/// <summary>
/// The input that is being tried, in a file that outlives the process: after a read behind the guarded memory or a
/// broken invariant, which end it at once, the file says what did it.
/// </summary>
internal sealed class LastInput : IDisposable
{
    private const int Bytes = 1 << 17;

    private readonly string _path;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public LastInput(string folder, string target)
    {
        _path = Path.Combine(folder, $"{target}.last");
        _file = MemoryMappedFile.CreateFromFile(_path, FileMode.Create, mapName: null, Bytes);
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Its length as four bytes, then the input.</summary>
    public void Set(byte[] input)
    {
        int length = Math.Min(input.Length, Bytes - sizeof(int));
        _view.Write(0, length);
        _view.WriteArray(sizeof(int), input, 0, length);
    }

    /// <summary>Nothing ended the process: the file goes.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }
}
