//go:build linux

package sambatest

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"syscall"
)

// claim is a loopback address that is ours while its lock file is held.
type claim struct {
	address string
	lock    *os.File
}

// claimAddress takes the first free address of 127.77.0.0/24. The kernel drops
// the lock when this process ends, however it ends.
func claimAddress() (*claim, error) {
	for n := 1; n < 255; n++ {
		address := fmt.Sprintf("127.77.0.%d", n)
		lock, err := os.OpenFile(filepath.Join(os.TempDir(), "dirdesk-samba-"+address+".lock"), os.O_CREATE|os.O_RDWR|syscall.O_NOFOLLOW, 0o600)
		if err != nil {
			return nil, fmt.Errorf("claim an address: %w", err)
		}
		if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
			_ = lock.Close()
			continue
		}
		if portsFree(address) {
			return &claim{address: address, lock: lock}, nil
		}
		_ = lock.Close()
	}
	return nil, errors.New("claim an address: none of 127.77.0.1 to 127.77.0.254 is free")
}

// portsFree finds servers that other programs run there.
func portsFree(address string) bool {
	for _, port := range []string{"389", "636"} {
		listener, err := net.Listen("tcp", net.JoinHostPort(address, port))
		if err != nil {
			return false
		}
		_ = listener.Close()
	}
	return true
}

// directory makes the directory that goes with the address, and so clears away
// what a killed test has left there.
func (c *claim) directory() (string, error) {
	dir := filepath.Join(os.TempDir(), "dirdesk-samba-"+c.address)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.Mkdir(dir, 0o700)
}

func (c *claim) release() { _ = c.lock.Close() }
