using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

// The .NET reference of bench/compare: YARP as its documentation sets it up, from one JSON file.
WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
builder.Configuration.AddJsonFile(args[0], optional: false, reloadOnChange: false);
builder.Services.AddReverseProxy().LoadFromConfig(builder.Configuration.GetSection("ReverseProxy"));
WebApplication application = builder.Build();
application.MapReverseProxy();
application.Run(builder.Configuration["Urls"]);
