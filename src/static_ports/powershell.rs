//! PowerShell: a script that saves what is there and sets the ports, and one that puts back what was saved.
//!
//! Nothing in them is newer than PowerShell 2.0, which is what Windows Server 2008 R2 has. Paths, names and numbers are
//! those of the catalogue and of ports; none holds a quote.

use super::file::{Encoding, File};
use super::on_machine::{Change, Job, Written};
use crate::catalog::{Machine, ValueKind};
use crate::firewall::platform::Script;

/// Both scripts of a job.
pub fn write(job: &Job) -> Change {
    let stem = job.file_stem();
    let file = |name: String, text: fn(&Job, &str) -> String| File {
        text: text(job, &name),
        name,
        encoding: Encoding::Windows,
    };
    Change {
        apply: file(format!("{stem}.ps1"), apply),
        undo: file(format!("{stem}-undo.ps1"), undo),
    }
}

const REGISTRY_BEFORE: &str = r"
# What was there, saved once: a second run keeps what the first one found.
$old = @()
if (Test-Path -LiteralPath $saved) { $old = @(Import-Clixml -Path $saved) }
foreach ($setting in $settings) {
  $known = @($old | Where-Object { $_.Path -eq $setting.Path -and $_.Name -eq $setting.Name })
  if ($known.Count -gt 0) { continue }
  $before = @{
    Path = $setting.Path
    Name = $setting.Name
    Service = $setting.Service
    KeyExists = (Test-Path -LiteralPath $setting.Path)
    ValueExists = $false
  }
  if ($before.KeyExists) {
    $key = Get-Item -LiteralPath $setting.Path
    if ($key.GetValueNames() -contains $setting.Name) {
      $before.ValueExists = $true
      $before.Type = $key.GetValueKind($setting.Name).ToString()
      $before.Value = $key.GetValue($setting.Name)
    }
  }
  $old += $before
}
$old | Export-Clixml -Path $saved
foreach ($before in $old) {
  if ($before.ValueExists) {
    Write-Host ('Before: {0}, {1} = {2}, {3}' -f $before.Path, $before.Name, $before.Value, $before.Type)
  } else {
    Write-Host ('Before: {0}, {1} was not there' -f $before.Path, $before.Name)
  }
}

foreach ($setting in $settings) {
  if (-not (Test-Path -LiteralPath $setting.Path)) { New-Item -Path $setting.Path -Force | Out-Null }
  New-ItemProperty -Path $setting.Path -Name $setting.Name -PropertyType $setting.Type -Value $setting.Value -Force |
    Out-Null
  Write-Host ('Now: {0}, {1} = {2}, {3}' -f $setting.Path, $setting.Name, $setting.Value, $setting.Type)
}
";

const REGISTRY_BACK: &str = r"
if (-not (Test-Path -LiteralPath $saved)) { throw ('Nothing is saved in {0}: the other script did not run here.' -f $saved) }
$old = @(Import-Clixml -Path $saved)
foreach ($before in $old) {
  if ($before.ValueExists) {
    if (-not (Test-Path -LiteralPath $before.Path)) { New-Item -Path $before.Path -Force | Out-Null }
    New-ItemProperty -Path $before.Path -Name $before.Name -PropertyType $before.Type -Value $before.Value -Force |
      Out-Null
    Write-Host ('Restored: {0}, {1} = {2}' -f $before.Path, $before.Name, $before.Value)
  } elseif (Test-Path -LiteralPath $before.Path) {
    Remove-ItemProperty -Path $before.Path -Name $before.Name -ErrorAction SilentlyContinue
    Write-Host ('Removed: {0}, {1}' -f $before.Path, $before.Name)
    $key = Get-Item -LiteralPath $before.Path
    $isEmpty = $key.ValueCount -eq 0 -and $key.SubKeyCount -eq 0
    if (-not $before.KeyExists -and $isEmpty) { Remove-Item -LiteralPath $before.Path }
  }
}
Remove-Item -LiteralPath $saved
";

const FILE_BEFORE: &str = r#"
# The key in the file, and whether it was there: saved once.
$config = New-Object System.Xml.XmlDocument
$config.PreserveWhitespace = $true
$config.Load($file)
$parent = $config.SelectSingleNode('/configuration/appSettings')
if ($null -eq $parent) { $parent = $config.DocumentElement.AppendChild($config.CreateElement('appSettings')) }
$node = $parent.SelectSingleNode("add[@key='$fileKey']")
if (-not (Test-Path -LiteralPath $savedKey)) {
  $before = @{ Exists = ($null -ne $node); Value = '' }
  if ($before.Exists) { $before.Value = $node.GetAttribute('value') }
  $before | Export-Clixml -Path $savedKey
}
if ($null -ne $node) { Write-Host ('Before: {0} = {1}' -f $fileKey, $node.GetAttribute('value')) }
else { Write-Host ('Before: {0} was not there' -f $fileKey) }
if ($null -eq $node) {
  $node = $parent.AppendChild($config.CreateElement('add'))
  $node.SetAttribute('key', $fileKey)
}
$node.SetAttribute('value', $filePort)
$config.Save($file)
Write-Host ('Now: {0} = {1}' -f $fileKey, $filePort)
"#;

const FILE_BACK: &str = r#"
if (-not (Test-Path -LiteralPath $savedKey)) { throw ('Nothing is saved in {0}: the other script did not run here.' -f $savedKey) }
$before = Import-Clixml -Path $savedKey
$config = New-Object System.Xml.XmlDocument
$config.PreserveWhitespace = $true
$config.Load($file)
$node = $config.SelectSingleNode("/configuration/appSettings/add[@key='$fileKey']")
if ($null -ne $node -and $before.Exists) { $node.SetAttribute('value', $before.Value) }
elseif ($null -ne $node) { $node.ParentNode.RemoveChild($node) | Out-Null }
$config.Save($file)
Remove-Item -LiteralPath $savedKey
"#;

fn apply(job: &Job, name: &str) -> String {
    let mut out = header(job, name, "Running it twice is safe.");
    for service in job.services() {
        let missing = format!("if (-not (Get-Service -Name '{service}' -ErrorAction SilentlyContinue)) {{");
        out.block(missing, "}", |out| {
            out.line(format_args!(
                "throw 'There is no service {service} on this computer. Nothing was changed.'"
            ));
        });
    }
    if has_values(job) {
        out.line("");
        out.block("$settings = @(", ")", |out| {
            job.written.iter().for_each(|written| setting(written, out));
        });
        out.line(REGISTRY_BEFORE.trim_end());
    }
    if has_file(job) {
        out.line(FILE_BEFORE.trim_end());
    }
    restart(job, &format!("@({})", services(job)), &mut out);
    out.into_text()
}

fn undo(job: &Job, name: &str) -> String {
    let mut out = header(job, name, "Puts back what the other script found and saved.");
    if has_values(job) {
        out.line(REGISTRY_BACK.trim_end());
    }
    if has_file(job) {
        out.line(FILE_BACK.trim_end());
    }
    let saved = if has_values(job) {
        "@($old | ForEach-Object { $_.Service })"
    } else {
        "@()"
    };
    let all = format!(
        "@({saved} + @({}) | Where-Object {{ $_ }} | Select-Object -Unique)",
        services(job)
    );
    restart(job, &all, &mut out);
    out.into_text()
}

fn services(job: &Job) -> String {
    let services: Vec<String> = job.services().iter().map(|service| format!("'{service}'")).collect();
    services.join(", ")
}

fn header(job: &Job, name: &str, remark: &str) -> Script {
    let mut out = Script::new("# ");
    job.header().iter().for_each(|line| out.note(line));
    // Only administrators write into the folder of Windows: nobody else can plant what is restored later.
    let (who, folder) = match job.machine {
        Machine::Outlook => ("As the user of Outlook", "APPDATA"),
        _ => ("As administrator", "SystemRoot"),
    };
    out.note(format_args!(
        "{who}, with PowerShell 2.0 or later. {remark} {}",
        job.restart()
    ));
    out.note(format_args!("  powershell -ExecutionPolicy Bypass -File {name}"));
    out.line("$ErrorActionPreference = 'Stop'");
    let stem = job.file_stem();
    if has_values(job) {
        out.line(format_args!("$saved = Join-Path $env:{folder} '{stem}-before.xml'"));
    }
    if let Some((path, key, port)) = file(job) {
        out.line(format_args!(
            "$savedKey = Join-Path $env:{folder} '{stem}-before-file.xml'"
        ));
        out.line(format_args!("$file = {path}"));
        out.line(format_args!("$fileKey = '{key}'"));
        out.line(format_args!("$filePort = '{port}'"));
    }
    out
}

/// An entry of the table of settings.
fn setting(written: &Written, out: &mut Script) {
    let Written::Value { value, .. } = written else {
        return;
    };
    let (kind, data) = match value.kind {
        ValueKind::Dword => ("DWord", written.number().to_string()),
        ValueKind::Text => ("String", format!("'{}'", written.number())),
    };
    let setting = written.setting();
    out.note(setting.service);
    out.block("@{", "}", |out| {
        out.line(format_args!("Path = '{}'", value.key.replacen('\\', r":\", 1)));
        out.line(format_args!("Name = '{}'", value.name));
        out.line(format_args!("Type = '{kind}'"));
        out.line(format_args!("Value = {data}"));
        out.line(format_args!("Service = '{}'", setting.restarts.unwrap_or_default()));
    });
}

fn has_values(job: &Job) -> bool {
    job.written
        .iter()
        .any(|written| matches!(written, Written::Value { .. }))
}

fn has_file(job: &Job) -> bool {
    file(job).is_some()
}

/// The file of a job, as an expression, its key and the port.
fn file(job: &Job) -> Option<(String, &'static str, u16)> {
    job.written.iter().find_map(|written| match written {
        Written::File { path, key, .. } => Some((expanded(path), *key, written.number())),
        Written::Value { .. } => None,
    })
}

/// A path that begins with a variable of the environment.
fn expanded(path: &str) -> String {
    let mut parts = path.splitn(3, '%');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(""), Some(variable), Some(rest)) => format!("$env:{variable} + '{rest}'"),
        _ => format!("'{path}'"),
    }
}

/// Restarts these services, and says what cannot be restarted alone.
fn restart(job: &Job, services: &str, out: &mut Script) {
    out.line("");
    if !job.services().is_empty() {
        out.block(format_args!("foreach ($service in {services}) {{"), "}", |out| {
            out.line("Restart-Service -Name $service -Force");
        });
    }
    if job.needs_reboot() || job.machine == Machine::Outlook {
        out.line(format_args!("Write-Host '{}'", job.restart()));
    }
}
