using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Interop;

namespace Hawser.Control.Processes;

/// <summary>
/// Who the process becomes once its listeners are bound: <c>chroot</c>, then <c>group</c>/<c>gid</c>, then
/// <c>user</c>/<c>uid</c>. Names are resolved while the configuration is read, in the old root.
/// </summary>
/// <param name="User">0: stay.</param>
/// <param name="Group">0: stay.</param>
/// <param name="Chroot">Null: stay; <c>auto</c>: an empty directory without a name.</param>
/// <param name="KeepsRoot">Root was asked for by name or number: nobody needs to be warned.</param>
public sealed unsafe record Identity(uint User, uint Group, string? Chroot, bool KeepsRoot)
{
    private const string AnonymousJail = "auto";
    private const int MostGroups = 65_536;

    /// <summary>Null when a name is unknown; that is reported.</summary>
    public static Identity? Resolve(GlobalConfig global, DiagnosticBag findings)
    {
        uint user = (uint)(global.UserId?.Value ?? 0);
        uint group = (uint)(global.GroupId?.Value ?? 0);
        bool isKnown = true;
        if (global.User is { } userName)
        {
            int error = Users.TryFindUser(userName.Value, out user);
            isKnown &= Report(error, "user", userName, findings);
        }
        if (global.Group is { } groupName)
        {
            int error = Users.TryFindGroup(groupName.Value, out group);
            isKnown &= Report(error, "group", groupName, findings);
        }
        if (!isKnown) return null;
        bool isExplicit = global.UserId is not null || global.User is not null;
        return new Identity(user, group, global.Chroot?.Value, isExplicit);
    }

    /// <summary>Changes root and identity of all threads. False: reported; the process must not go on.</summary>
    public bool TryAssume(ProcessMessages messages)
    {
        Recommend(messages);
        if (Chroot is not null && !TryChangeRoot(Chroot))
        {
            messages.MainAlert($"Cannot chroot({Chroot}).");
            return false;
        }
        if (Group != 0)
        {
            DropSupplementaryGroups(messages);
            if (LibcProcess.setgid(Group) != 0)
            {
                messages.MainAlert($"Cannot set gid {Group}.");
                return false;
            }
        }
        if (User != 0 && LibcProcess.setuid(User) != 0)
        {
            messages.MainAlert($"Cannot set uid {User}.");
            return false;
        }
        return true;
    }

    private void Recommend(ProcessMessages messages)
    {
        if (LibcProcess.geteuid() != 0) return;
        if (Chroot is null)
        {
            messages.Notice("started as root without 'chroot': 'chroot auto' keeps an intruder out of the file system, "
                + "'chroot /' says that this is meant");
        }
        if (User == 0 && !KeepsRoot)
        {
            messages.Notice("started as root without 'user' or 'uid': privileges are kept; 'user root' says that this is "
                + "meant");
        }
    }

    private static bool TryChangeRoot(string directory)
    {
        if (directory == AnonymousJail) return TryEnterAnonymousJail();
        return LibcProcess.chdir(directory) == 0 && LibcProcess.chroot(directory) == 0
            && LibcProcess.chdir("/") == 0;
    }

    // Entered first and removed then: the directory stays alive as the root of this process only, empty for good.
    private static bool TryEnterAnonymousJail()
    {
        ReadOnlySpan<byte> template = "/tmp/hawser-XXXXXX\0"u8;
        Span<byte> path = stackalloc byte[template.Length];
        template.CopyTo(path);
        fixed (byte* start = path)
        {
            if (LibcProcess.mkdtemp(start) == null) return false;
            bool isIn = LibcProcess.ChangeDirectory(start) == 0;
            bool isGone = LibcProcess.rmdir(start) == 0;
            return isIn && isGone && LibcProcess.chroot(".") == 0 && LibcProcess.chdir("/") == 0;
        }
    }

    private static void DropSupplementaryGroups(ProcessMessages messages)
    {
        int count = LibcProcess.getgroups(0, null);
        if (LibcProcess.setgroups(0, null) == 0 || count <= 0 || count > MostGroups) return;
        messages.MainWarning("Failed to drop supplementary groups. Using 'gid'/'group' without 'uid'/'user' is generally "
            + "useless.");
    }

    private static bool Report(int error, string kind, Located<string> name, DiagnosticBag findings)
    {
        if (error == Users.Found) return true;
        findings.Report(DiagnosticCodes.UnknownUser, Severity.Alert, name.Origin,
            $"cannot find {kind} id for '{name.Value}' ({error}:{Marshal.GetPInvokeErrorMessage(error)})");
        return false;
    }
}
