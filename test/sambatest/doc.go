// Package sambatest runs a real Samba Active Directory domain controller for
// tests: provisioned into a temporary directory, on a loopback address of its
// own, thrown away afterwards. It needs Linux, root, and Debian's Samba
// packages; where something is missing [Start] says what, so that a test fails
// instead of passing without having run.
//
// What was learnt about running one (Samba 4.17.12 of Debian 12):
//
//   - Ports 389 and 636 are literals in Samba. Each server therefore gets an
//     address of its own, 127.77.0.N, which needs no network namespace; a lock
//     file per address keeps test binaries that run side by side apart.
//   - Samba's own certificate has no subjectAltName, which Go refuses. Each
//     server gets a small CA and an RSA certificate made here.
//   - The administrator's password never is an argument of a command, where every
//     user of the machine could read it in the process list: samba-tool is given
//     none, makes a random one, and says it on its standard error.
//   - The server is started in a session of its own, is known by its pid together
//     with the kernel's start time of it, and gets SIGTERM when the thread that
//     started it ends, so that a killed test leaves nothing behind.
//   - It is ready when a simple bind over ldaps works; it has no better probe.
//   - Provisioning takes 4 to 9 s and a start less than 2: use one server for all
//     tests of a package.
//   - After a reset of a password the old one still binds for an hour.
package sambatest
