from setuptools import setup

setup(name="stand-in-for-ldclient", version="1.0.0", packages=["ldclient"])
