@echo off
rem Starts Pilothouse with a JDK 25, wherever one is installed; all arguments are passed on.
setlocal
set "FOUND="
call :try "%JAVA25_HOME%"
call :try "%JAVA_HOME%"
for /d %%d in ("%ProgramFiles%\Java\*" "%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Microsoft\jdk*" "%ProgramFiles%\Zulu\*" "%USERPROFILE%\.jdks\*") do call :try "%%~d"
if not defined FOUND (
  echo pilothouse: no JDK 25 found. Install one, or set JAVA25_HOME to its folder. 1>&2
  exit /b 1
)
"%FOUND%\bin\java.exe" "@%~dp0pilothouse.arguments" pilothouse.main.Launcher %*
exit /b %ERRORLEVEL%

:try
if defined FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\release" exit /b 0
findstr /b /c:"JAVA_VERSION=\"25" "%~1\release" >nul 2>nul && set "FOUND=%~1"
exit /b 0
