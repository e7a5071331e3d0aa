using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading;
using Hawser.Config.Model;
using Hawser.Io.Interop;

namespace Hawser.Proxy.Streams.Http;

/// <summary>A "userlist" section: who may log in, and to which groups they belong. Immutable, shared by all loops.</summary>
public sealed class UserList
{
    private readonly User[] _users;

    /// <param name="hashes">Null: hashed passwords match nothing.</param>
    public UserList(UserListConfig config, PasswordHash? hashes)
    {
        Name = config.Name;
        _users = new User[config.Users.Length];
        for (int index = 0; index < _users.Length; index++) _users[index] = new User(config.Users[index], hashes);
    }

    public string Name { get; }

    /// <summary>Whether any user is in the group; groups without users match nobody.</summary>
    public bool HasGroup(string name) => Array.Exists(_users, user => user.GroupNames.Contains(name));

    /// <summary>The user of that name when the password is theirs.</summary>
    /// <param name="name">Case counts.</param>
    public User? Authenticate(ReadOnlySpan<byte> name, ReadOnlySpan<byte> password)
    {
        foreach (User user in _users)
        {
            if (name.SequenceEqual(user.Name)) return user.Accepts(password) ? user : null;
        }

        return null;
    }
}

/// <summary>One user of a list.</summary>
public sealed class User
{
    /// <summary>Longer passwords are not looked at: HTTP's headers allow more than crypt(3) takes.</summary>
    private const int PasswordBytesMaximum = 511;

    private readonly byte[]? _password;
    private readonly PasswordHash? _hashes;
    private readonly bool _isHashed;

    /// <summary>
    /// The last password that had the hash, so that it is computed once and not for every request. Replaced as a whole;
    /// only who knows the password can do that.
    /// </summary>
    private byte[]? _accepted;

    internal User(UserConfig config, PasswordHash? hashes)
    {
        Name = Encoding.UTF8.GetBytes(config.Name);
        Groups = [.. config.Groups.Select(Encoding.UTF8.GetBytes)];
        GroupNames = [.. config.Groups];
        _isHashed = config.IsHashed;
        _hashes = hashes;
        if (config.Password is { } password) _password = Encoding.UTF8.GetBytes(_isHashed ? password + '\0' : password);
    }

    public byte[] Name { get; }

    /// <summary>In the order of the section.</summary>
    public byte[][] Groups { get; }

    internal HashSet<string> GroupNames { get; }

    internal bool Accepts(ReadOnlySpan<byte> password)
    {
        if (_password is null || password.Length > PasswordBytesMaximum) return false;
        if (!_isHashed) return CryptographicOperations.FixedTimeEquals(password, _password);
        if (_hashes is null) return false;
        if (Volatile.Read(ref _accepted) is { } accepted && CryptographicOperations.FixedTimeEquals(password, accepted)) return true;
        Span<byte> text = stackalloc byte[PasswordBytesMaximum + 1];
        password.CopyTo(text);
        text[password.Length] = 0;
        bool matches = _hashes.Matches(text[..(password.Length + 1)], _password);
        text.Clear();
        if (matches) Volatile.Write(ref _accepted, password.ToArray());
        return matches;
    }
}
