"""JupyterHub on one machine for the motivational interviewing course. docs/teams/jupyterhub.md goes with it.

Each learner logs in with a Linux account of this machine and gets a server of their own, which shows the course and
nothing else of Jupyter. Their words stay in their own home folder. Nobody is an administrator of the hub: that role
could look into learners' servers.
"""

import sys
from pathlib import Path

# ------------------------------------------------------------------------------------------------- yours to set
GROUP = "mi-course"  # members of this Linux group may log in
MEMORY = "768M"  # most that one learner's server and pages may take together
CPU = 1.0  # cores at most, per learner
LEARNERS_AT_ONCE = 40  # servers at once: see the capacity table in docs/teams/jupyterhub.md
IDLE_AFTER = 30 * 60  # seconds without an open page after which a learner's server stops
LONGEST = 12 * 60 * 60  # seconds after which it stops in any case; the learner's next visit starts a new one
KEEP_TEXT = "yes"  # "no": what learners write is never stored, only what the course made of it
RETENTION_DAYS = "365"  # after so many days a learner's tries are removed; empty: never

# ------------------------------------------------------------------------------------------------- the rest
c = get_config()  # noqa: F821 - JupyterHub puts it there

c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # nginx stands in front of it, with TLS
c.JupyterHub.template_paths = [str(Path(__file__).parent / "templates")]  # its pages, in Dutch and English
c.JupyterHub.implicit_spawn_seconds = 0.1  # who comes back after a pause need not press a button first
c.JupyterHub.cookie_max_age_days = 1
c.JupyterHub.tornado_settings = {"cookie_options": {"secure": True}}  # browsers give them back over TLS only
c.JupyterHub.cleanup_servers = False  # learners at work notice nothing of a restart of the hub
c.JupyterHub.concurrent_spawn_limit = 10
c.JupyterHub.active_server_limit = LEARNERS_AT_ONCE

c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {GROUP}
c.Authenticator.username_pattern = r"[a-z][a-z0-9_-]{0,31}"
c.Authenticator.admin_users = set()

c.JupyterHub.spawner_class = "systemdspawner.SystemdSpawner"
c.Spawner.cmd = [sys.executable, "-m", "mi_helpers.app.hub"]
c.Spawner.env_keep = ["PATH", "LANG", "LC_ALL"]  # nothing of the hub's own, so never an address of a database
c.Spawner.environment = {"MI_COURSE_KEEP_TEXT": KEEP_TEXT, "MI_COURSE_RETENTION_DAYS": RETENTION_DAYS}
c.Spawner.mem_limit = MEMORY
c.Spawner.cpu_limit = CPU
c.Spawner.start_timeout = 60
c.Spawner.poll_interval = 10  # seconds until a server that died is noticed
c.SystemdSpawner.unit_name_template = "mi-course-{USERNAME}"
c.SystemdSpawner.default_shell = "/bin/sh"
c.SystemdSpawner.isolate_tmp = True
c.SystemdSpawner.isolate_devices = True
c.SystemdSpawner.disable_user_sudo = True
c.SystemdSpawner.unit_extra_properties = {
    "ProtectSystem": "full",
    "ProtectProc": "invisible",
    "TasksMax": "200",
    "IPAddressDeny": "any",
    "IPAddressAllow": "localhost",
    "UMask": "0077",
}

c.JupyterHub.services = [
    {
        "name": "stops-idle-servers",
        "command": [
            sys.executable, "-m", "jupyterhub_idle_culler",
            f"--timeout={IDLE_AFTER}", f"--cull-every={min(300, IDLE_AFTER)}", f"--max-age={LONGEST}",
        ],
    }
]  # fmt: skip
c.JupyterHub.load_roles = [
    {
        "name": "stops-idle-servers",
        "scopes": ["list:users", "read:users:activity", "read:servers", "delete:servers"],
        "services": ["stops-idle-servers"],
    }
]
