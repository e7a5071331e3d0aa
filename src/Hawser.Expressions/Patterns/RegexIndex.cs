using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using Hawser.Expressions.Samples;

namespace Hawser.Expressions.Patterns;

/// <summary>
/// Regular expressions; of several that match the first in the list wins. A few are tried one after the other. Of many,
/// each is filed under a piece of text that all its matches have (<see cref="RegexLiterals"/>), the piece that fewest
/// others are filed under, and only those whose piece occurs in the sample are tried, besides those that have none.
/// </summary>
internal sealed class RegexIndex(RegexLibrary regexes, bool ignoresCase) : PatternIndex
{
    /// <summary>Up to so many trying all is faster (bench/results: "look-ups").</summary>
    private const int Few = 4;

    /// <summary>Different pieces that one sample may have; with more, all are tried.</summary>
    private const int MostPieces = 192;

    /// <summary>Room of the table that remembers a sample's pieces: a power of two.</summary>
    private const int SeenPlaces = 256;

    private const int FilterBits = 1 << 16;

    private readonly ConcurrentDictionary<uint, PatternEntry[]> _byPiece = new();
    private readonly Dictionary<PatternEntry, uint[]> _pieces = [];

    /// <summary>A bit for each piece that something was filed under, by a hash: most places of a sample end here.</summary>
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    private EntryList _entries = EntryList.Empty;
    private EntryList _withoutPiece = EntryList.Empty;

    public override SampleType InputType => SampleType.String;

    public override bool IsSlow => Volatile.Read(ref _entries).Count > 1;

    public override string? Add(PatternEntry entry)
    {
        entry.Compiled = regexes.Compile(entry.Text, ignoresCase, out string? problem);
        if (problem is not null) return problem;
        if (Choose(entry.Text) is { } pieces)
        {
            _pieces[entry] = pieces;
            foreach (uint piece in pieces)
            {
                int bit = FilterBit(piece);
                Volatile.Write(ref _filter[bit / 64], _filter[bit / 64] | (1UL << (bit % 64)));
                _byPiece[piece] = _byPiece.TryGetValue(piece, out PatternEntry[]? same) ? With(same, entry) : [entry];
            }
        }
        else
        {
            Volatile.Write(ref _withoutPiece, _withoutPiece.With(entry));
        }

        Volatile.Write(ref _entries, _entries.With(entry));
        return null;
    }

    public override void Remove(PatternEntry entry)
    {
        Volatile.Write(ref _entries, _entries.Without(entry));
        if (!_pieces.Remove(entry, out uint[]? pieces))
        {
            Volatile.Write(ref _withoutPiece, _withoutPiece.Without(entry));
            return;
        }

        foreach (uint piece in pieces)
        {
            if (!_byPiece.TryGetValue(piece, out PatternEntry[]? same)) continue;
            PatternEntry[] rest = Without(same, entry);
            if (rest.Length == 0) _byPiece.TryRemove(piece, out _);
            else _byPiece[piece] = rest;
        }
    }

    public override PatternEntry? Find(scoped in Sample sample)
    {
        EntryList entries = Volatile.Read(ref _entries);
        if (entries.Count == 0) return null;
        nint matchData = regexes.RentMatchData();
        if (matchData == 0) return null;
        PatternEntry? found = entries.Count <= Few
            ? FirstOf(entries.Span, sample.Bytes, before: long.MaxValue, matchData)
            : FindByPiece(entries, sample.Bytes, matchData);
        regexes.ReturnMatchData(matchData);
        return found;
    }

    private PatternEntry? FindByPiece(EntryList entries, ReadOnlySpan<byte> text, nint matchData)
    {
        Span<ulong> seen = stackalloc ulong[SeenPlaces];
        seen.Clear();
        int pieces = 0;
        PatternEntry? best = null;
        for (int at = 0; at + RegexLiterals.PieceBytes <= text.Length; at++)
        {
            uint piece = RegexLiterals.PieceOf(text[at..], ignoresCase);
            int bit = FilterBit(piece);
            if ((Volatile.Read(ref _filter[bit / 64]) >> (bit % 64) & 1) == 0) continue;
            if (!Remember(seen, piece, (uint)bit)) continue;
            if (++pieces > MostPieces) return FirstOf(entries.Span, text, before: long.MaxValue, matchData);
            if (!_byPiece.TryGetValue(piece, out PatternEntry[]? candidates)) continue;
            best = FirstOf(candidates, text, best?.Order ?? long.MaxValue, matchData) ?? best;
        }

        return FirstOf(Volatile.Read(ref _withoutPiece).Span, text, best?.Order ?? long.MaxValue, matchData) ?? best;
    }

    private static PatternEntry? FirstOf(ReadOnlySpan<PatternEntry> entries, ReadOnlySpan<byte> text, long before, nint matchData)
    {
        foreach (PatternEntry entry in entries)
        {
            if (entry.Order >= before) return null;
            if (((Regex)entry.Compiled!).IsMatch(text, matchData)) return entry;
        }

        return null;
    }

    /// <summary>False for a piece that was there before: a stranger cannot have one expression tried again and again.</summary>
    private static bool Remember(Span<ulong> seen, uint piece, uint hash)
    {
        ulong mark = piece + 1UL;
        for (int place = (int)(hash % SeenPlaces); ; place = (place + 1) % SeenPlaces)
        {
            if (seen[place] == mark) return false;
            if (seen[place] != 0) continue;
            seen[place] = mark;
            return true;
        }
    }

    private static int FilterBit(uint piece) => (int)((piece * 2654435761u) >> 16);

    /// <summary>Of each alternative the piece that fewest are filed under; null when one has none.</summary>
    private uint[]? Choose(byte[] pattern)
    {
        if (RegexLiterals.Find(pattern, ignoresCase) is not { } alternatives) return null;
        HashSet<uint> chosen = [];
        foreach (List<uint> pieces in alternatives)
        {
            uint best = pieces[0];
            int fewest = int.MaxValue;
            foreach (uint piece in pieces)
            {
                int count = _byPiece.TryGetValue(piece, out PatternEntry[]? others) ? others.Length : 0;
                if (count >= fewest) continue;
                best = piece;
                fewest = count;
            }

            chosen.Add(best);
        }

        return [.. chosen];
    }
}
