using System.Collections.Generic;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;
using Hawser.Io.Interop;
using Hawser.Proxy.Streams.Http;

namespace Hawser.Proxy.Building;

/// <summary>From "userlist" sections to what fetches and actions ask.</summary>
internal static class UserListBuilder
{
    private const string Code = "HWS2074";

    public static List<UserList> Build(ConfigModel model, DiagnosticBag findings)
    {
        List<UserList> lists = [];
        PasswordHash? hashes = null;
        bool isTried = false;
        foreach (UserListConfig config in model.UserLists)
        {
            foreach (UserConfig user in config.Users)
            {
                if (!user.IsHashed || user.Password is null) continue;
                if (!isTried) hashes = PasswordHash.Load();
                isTried = true;
                if (hashes is null)
                {
                    findings.Report(Code, Severity.Alert, user.Origin,
                        $"userlist '{config.Name}': the hashed password of user '{user.Name}' needs the library libcrypt.so.1 (package libcrypt1), which cannot be loaded.");
                }
                else if (!hashes.Knows(Encoding.UTF8.GetBytes(user.Password + '\0')))
                {
                    findings.Report(Code, Severity.Warning, user.Origin,
                        $"userlist '{config.Name}': crypt(3) does not know the hash of user '{user.Name}', who can therefore not log in.");
                }
            }

            lists.Add(new UserList(config, hashes));
        }

        return lists;
    }
}
