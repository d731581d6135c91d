package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"dirdesk/desk/journal"
	"dirdesk/desk/verdict"
	"dirdesk/internal/config"
	"dirdesk/models"
)

func newJournalSealCommand(p *access) *cobra.Command {
	key := ""
	command := &cobra.Command{
		Use:   "seal",
		Short: "Sign how far the journal goes",
		Long: `Print a seal: how many lines the journal has, the hash of the last, the time, and
a signature of them with your SSH key (ssh-keygen -Y sign, for dirdesk-journal).
The seal is added to the journal too. Keep what is printed where who can write
your files cannot: dirdesk journal verify --seal FILE --signers FILE tells later
whether the journal still begins with the same lines.

Without --key it is the first key of ssh-agent, else the usual one in ~/.ssh.`,
		Example: "  dirdesk journal seal >> /mnt/elsewhere/seals\n  dirdesk journal verify --seal /mnt/elsewhere/seals --signers ~/.ssh/allowed_signers",
		Args:    usageArgs(cobra.NoArgs),
		RunE: func(command *cobra.Command, _ []string) error {
			ctx := p.listening(command.Context())
			book, err := p.openJournal()
			if err != nil {
				return err
			}
			check, err := journal.Verify(ctx, book.Path())
			if err != nil {
				return err
			}
			if !check.Whole() {
				p.complain("the journal is not whole; the seal says how far it goes as it is: dirdesk journal verify")
			}
			seal := journal.Seal{Lines: check.Lines, Head: check.Head, Time: time.Now().UTC().Truncate(time.Second)}
			if seal.Signature, err = p.signed(ctx, key, seal.Text()); err != nil {
				return err
			}
			err = book.Append(ctx, journal.Entry{
				ID: journal.NewID(), Time: seal.Time, Operator: p.operator(models.Profile{}, nil), Action: journal.Sealed, Outcome: verdict.Done, Seal: &seal,
				Words: fmt.Sprintf("sealed %d lines, the head was %s", seal.Lines, seal.Head),
			})
			if _, notCopied := errors.AsType[*journal.CopyError](err); notCopied {
				p.complain(err.Error())
			} else if err != nil {
				return err
			}
			_, err = io.WriteString(p.Out, seal.String())
			return err
		},
	}
	command.Flags().StringVar(&key, "key", "", "sign with the SSH key in `FILE`: a private one, or a public one that ssh-agent has")
	return command
}

// signed signs a text with an SSH key.
func (p *access) signed(ctx context.Context, key, text string) (signature string, err error) {
	if key == "" {
		found, forget, err := p.usualKey(ctx)
		if err != nil {
			return "", err
		}
		defer func() { _ = forget() }()
		key = found
	}
	out, said, err := runTool(ctx, text, "ssh-keygen", "-Y", "sign", "-n", journal.SealNamespace, "-f", key)
	if err != nil || !strings.HasPrefix(out, "-----BEGIN SSH SIGNATURE-----") {
		return "", toolFailed("sign with", key, said, err)
	}
	return out, nil
}

// usualKey is the first key of ssh-agent, in a file that is to be forgotten, else
// the usual one of the person.
func (p *access) usualKey(ctx context.Context) (file string, forget func() error, err error) {
	nothing := func() error { return nil }
	if listed, _, err := runTool(ctx, "", "ssh-add", "-L"); err == nil {
		first, _, _ := strings.Cut(listed, "\n")
		dir, err := os.MkdirTemp("", "dirdesk-seal-")
		if err != nil {
			return "", nil, err
		}
		file = filepath.Join(dir, "key.pub")
		return file, func() error { return os.RemoveAll(dir) }, os.WriteFile(file, []byte(first+"\n"), 0o600)
	}
	home := p.Getenv("HOME")
	for _, name := range []string{"id_ed25519", "id_ecdsa", "id_rsa"} {
		file = filepath.Join(home, ".ssh", name)
		if _, err := os.Stat(file); err == nil && home != "" {
			return file, nothing, nil
		}
	}
	return "", nil, usagef("there is no SSH key to sign with: ssh-agent has none, and there is none in ~/.ssh; name one with --key FILE")
}

// provenSeals reads seals that were kept elsewhere, and who signed each.
func (p *access) provenSeals(ctx context.Context, file, signers string) (seals []journal.Seal, err error) {
	text, err := readFile(file)
	if err != nil {
		return nil, err
	}
	if _, err := os.Stat(signers); err != nil {
		return nil, usagef("--signers: %v", err)
	}
	if seals, err = journal.ParseSeals(text); err != nil {
		return nil, usagef("%s: %v", file, err)
	}
	dir, err := os.MkdirTemp("", "dirdesk-seal-")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	signature := filepath.Join(dir, "signature")
	for _, s := range seals {
		if err := os.WriteFile(signature, []byte(s.Signature), 0o600); err != nil {
			return nil, err
		}
		found, said, err := runTool(ctx, "", "ssh-keygen", "-Y", "find-principals", "-s", signature, "-f", signers)
		if err != nil {
			return nil, toolFailed("find in "+signers+" who signed", "the seal of "+s.Time.Format(time.RFC3339), said, err)
		}
		who, _, _ := strings.Cut(strings.TrimSpace(found), "\n")
		if _, said, err := runTool(ctx, s.Text(), "ssh-keygen", "-Y", "verify", "-n", journal.SealNamespace, "-f", signers, "-I", who, "-s", signature); err != nil {
			return nil, toolFailed("check the signature of", "the seal of "+s.Time.Format(time.RFC3339), said, err)
		}
	}
	return seals, nil
}

// runTool runs one of OpenSSH's programs, which ask for a passphrase on the
// terminal by themselves.
func runTool(ctx context.Context, in string, name string, args ...string) (out, said string, err error) {
	command := exec.CommandContext(ctx, name, args...)
	var stdout, stderr bytes.Buffer
	command.Stdin, command.Stdout, command.Stderr = strings.NewReader(in), &stdout, &stderr
	err = command.Run()
	return stdout.String(), strings.TrimSpace(stderr.String()), err
}

func toolFailed(action, object, said string, err error) error {
	advice := "OpenSSH's ssh-keygen says why."
	if errors.Is(err, exec.ErrNotFound) {
		advice = "Install OpenSSH's ssh-keygen, 8.2 or later."
	}
	return &models.Error{Kind: errSignature, Action: action, Object: object, Server: said, Advice: advice, Err: err}
}

var errSignature = models.InWords("no good signature", models.ErrInvalid)

// verifyJournal checks the journal, against seals too where there are some.
func (p *access) verifyJournal(ctx context.Context, sealFile, signers string) error {
	if (sealFile == "") != (signers == "") {
		return usagef("--seal and --signers go together: a seal, and who may have signed it")
	}
	var seals []journal.Seal
	if sealFile != "" {
		var err error
		if seals, err = p.provenSeals(ctx, sealFile, signers); err != nil {
			return err
		}
	}
	path := config.FindPaths(p.Getenv).Journal
	check, err := journal.Verify(p.listening(ctx), path, seals...)
	if errors.Is(err, models.ErrNotFound) && len(seals) > 0 {
		p.complain(fmt.Sprintf("there is no journal, and %d lines were sealed at %s", seals[0].Lines, seals[0].Time.Format(time.RFC3339)))
		return exitError{models.ExitRefused}
	}
	if err != nil {
		return err
	}
	return p.printCheck(path, check, len(seals))
}
