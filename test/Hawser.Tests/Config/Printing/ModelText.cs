using System;
using System.Collections;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using Hawser.Config.Diagnostics;
using Hawser.Config.Model;

namespace Hawser.Tests.Config.Printing;

/// <summary>A model as text, without the places its values come from: two models with the same text mean the same.</summary>
internal static class ModelText
{
    public static string Of(ConfigModel model)
    {
        StringBuilder text = new();
        Append(text, model, 0);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null:
                text.Append("-\n");
                return;
            case string or Enum or IPAddress or bool:
                text.Append(value).Append('\n');
                return;
            case IFormattable number when value.GetType().IsPrimitive:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture)).Append('\n');
                return;
            case IEnumerable list:
                text.Append("[\n");
                foreach (object? item in list) Append(text.Append(' ', depth + 1), item, depth + 1);
                text.Append(' ', depth).Append("]\n");
                return;
        }
        Type type = value.GetType();
        text.Append(type.Name).Append('\n');
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.PropertyType == typeof(Origin) || property.GetIndexParameters().Length > 0) continue;
            text.Append(' ', depth + 1).Append(property.Name).Append(": ");
            Append(text, property.GetValue(value), depth + 1);
        }
        foreach (FieldInfo field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
        {
            text.Append(' ', depth + 1).Append(field.Name).Append(": ");
            Append(text, field.GetValue(value), depth + 1);
        }
    }
}
